// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"

#include <string>
#include <vector>

namespace cutis
{
  /** What a field is made of decides how much of it a layer of the skin holds. */
  enum class Matter
  {
    soluble, ///< dissolved in the tissue fluid, or foreign: the same share of the volume everywhere
    tissue   ///< cells, vessels and matrix: scaled with the content of the layer
  };

  /** Directed movement up the gradient of another field: flux = coefficient u grad(attractant). */
  struct Taxis
  {
    std::string attractant; ///< key
    double coefficient;     ///< mm^2/d per unit of the attractant
  };

  /** Everything that is known of a field beside its reactions. */
  struct Species
  {
    std::string key;         ///< name in files, `tgf_beta`
    std::string symbol;      ///< name in formulas, `T`
    std::string meaning;     ///< for people
    std::string family;      ///< key without the number, for the fields that each cohort has for itself; else empty
    double healthy = 0.;     ///< value in healthy young skin, in `unit`
    std::string unit = "1";  ///< unit of the stored value; 1 if relative to health
    std::string scale;       ///< what a stored value of 1 stands for
    double diffusivity = 0.; ///< mm^2/d; 0: bound, does not move
    Matter matter = Matter::soluble;
    Provenance provenance = Provenance::assumed;
    std::string source;
    double magnitude = 1.;   ///< typical size in `unit`; sets the absolute error that is tolerated
    double active = 0.;      ///< value in a state in which every signal and cell is at work, see Reactions::active
    bool guided = false;     ///< crawls along collagen fibres, where mechanics knows them
    double volume = 0.;      ///< that a unit of the field takes up [1 per `unit`]: particles, gels
    double growth = 0.;      ///< by which tissue grows per unit of the field above its healthy value [1 per `unit`]
    double particle = 0.;    ///< mass of one particle, of what comes in particles [mg]
    bool gel = false;        ///< its volume lies in the matrix between the fibres, which feel it
    double modulus = 0.;     ///< shear modulus that a unit of the field adds to the matrix [kPa per `unit`]
    std::string dead;        ///< key of the field that counts what is killed of it; empty if nobody counts it
    double macrophages = 0.; ///< that a unit of the field is to cells that lay collagen, in units of free ones
    bool implanted = false;  ///< foreign material and what sits on it: an open wound leaves it where it is
    std::vector<Taxis> taxis;
    /** Fields whose sum, over `crowded_at`, multiplies the mobility of this one; empty: it moves as freely everywhere.
     */
    std::vector<std::string> crowd;
    double crowded_at = 1.;
  };

  /** A field as a type: modules name it, and its place is found when a case is put together. Tags derive from this,
   * have a `key`, and a `row(constants)` that says everything else. */
  struct Field
  {
  };
  /** A field that each cohort has for itself: what a session brings ages together and does not mix with what is there.
   */
  struct CohortField : Field
  {
  };
  /** What a session fixes at each place for its cohort; nothing changes it. */
  struct CohortDose : Field
  {
  };

  /** The row of a field, written as a sentence: `tissue("F", "fibroblasts").rests_at(1.).diffuses(.2)`. */
  struct Row : Species
  {
    Row &rests_at(const double value)
    {
      healthy = value;
      return *this;
    }
    Row &in(const char *unit_of_values)
    {
      unit = unit_of_values;
      return *this;
    }
    Row &one_is(const char *what)
    {
      scale = what;
      return *this;
    }
    Row &diffuses(const double mm2_per_day)
    {
      diffusivity = mm2_per_day;
      return *this;
    }
    Row &known(const Provenance how, const char *from_where = "")
    {
      provenance = how;
      source = from_where;
      return *this;
    }
    Row &of_size(const double typical)
    {
      magnitude = typical;
      return *this;
    }
    Row &sample(const double value)
    {
      active = value;
      return *this;
    }
    Row &along_fibres()
    {
      guided = true;
      return *this;
    }
    Row &takes_volume(const double per_unit)
    {
      volume = per_unit;
      return *this;
    }
    /** Tissue grows by this per unit of the field above its healthy value, and shrinks by as much below. */
    Row &makes_room(const double per_unit)
    {
      growth = per_unit;
      return *this;
    }
    /** A gel: volume of a unit, and its shear modulus [kPa]. */
    Row &is_gel_of(const double volume_per_unit, const double shear_modulus)
    {
      gel = true;
      volume = volume_per_unit;
      modulus = volume_per_unit * shear_modulus;
      return *this;
    }
    Row &in_particles_of(const double mg)
    {
      particle = mg;
      return *this;
    }
    Row &is_macrophages(const double per_unit)
    {
      macrophages = per_unit;
      return *this;
    }
    Row &foreign()
    {
      implanted = true;
      return *this;
    }
    /** Cells that an intervention brings, and the field in which those are counted that are dead. */
    template <class Dead>
    Row &dies_into(Dead)
    {
      dead = Dead::key;
      return *this;
    }
    template <class Attractant>
    Row &climbs(Attractant, const double coefficient)
    {
      taxis.push_back({Attractant::key, coefficient});
      return *this;
    }
    template <class... Crowd>
    Row &crowded_by(const double reference, Crowd...)
    {
      crowd = {Crowd::key...};
      crowded_at = reference;
      return *this;
    }
  };

  inline Row row_of(const char *symbol, const char *meaning, const Matter matter)
  {
    Row row;
    row.symbol = symbol;
    row.meaning = meaning;
    row.matter = matter;
    return row;
  }
  inline Row soluble(const char *symbol, const char *meaning)
  {
    return row_of(symbol, meaning, Matter::soluble);
  }
  inline Row tissue(const char *symbol, const char *meaning)
  {
    return row_of(symbol, meaning, Matter::tissue);
  }
} // namespace cutis
